/* vitrum: table of commands. */
#include <stdio.h>
#include <vitrum/version.h>

int main(void)
{
    printf("vitrum %s\n", VT_VERSION);
    return 0;
}

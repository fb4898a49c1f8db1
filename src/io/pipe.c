/* A pipe that other programs do not inherit. Its own file: _GNU_SOURCE changes the types of <sys/resource.h>. */
#define _GNU_SOURCE /* pipe2 */
#include "io/isolated_internal.h"
#include <fcntl.h>
#include <unistd.h>

int vti_pipe_open(int ends[2])
{
    return pipe2(ends, O_CLOEXEC);
}

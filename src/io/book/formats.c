/* The formats, most telling first. What none of them recognises is read as a plain text table. */
#include "io/book/book_internal.h"
#include "io/image/image_internal.h"
#include "io/calorimeter/calorimeter_internal.h"
#include "io/indenter/indenter_internal.h"
#include "io/rheometer/rheometer_internal.h"
#include "io/sheet/instrument_internal.h"

const vti_format *const VTI_FORMATS[] = {
    &VTI_WORKBOOK_FORMAT,
    &VTI_IMAGE_FORMAT,
    &VTI_MICROMATERIALS,
    &VTI_MICROMECHANICS,
    &VTI_HYSITRON_HLD,
    &VTI_HYSITRON_TEXT,
    &VTI_HYSITRON_DMA,
    &VTI_FISCHERSCOPE,
    &VTI_ANTON_PAAR_REPORT,
    &VTI_ANTON_PAAR_RESULTS,
    &VTI_ANTON_PAAR_CURVES,
    &VTI_NANOSUITE_METHOD,
    &VTI_TRIOS,
    &VTI_PYRIS,
    &VTI_PYRIS_CSV,
    &VTI_PROTEUS,
    &VTI_UNIVERSAL_ANALYSIS,
    &VTI_DISCOVERY,
    &VTI_CALORIMETER_CSV,
    NULL,
};

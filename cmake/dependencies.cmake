# Libraries that are bought, not built; docs/dependencies.md gives the reason and the Debian package of each.
find_package(PkgConfig REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS C)
pkg_check_modules(GSL REQUIRED IMPORTED_TARGET gsl)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(GSF REQUIRED IMPORTED_TARGET libgsf-1)
pkg_check_modules(XML2 REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
# 4.5 gives each file its own error handlers and limits of memory.
pkg_check_modules(TIFF REQUIRED IMPORTED_TARGET libtiff-4>=4.5)
pkg_check_modules(PNG REQUIRED IMPORTED_TARGET libpng)
pkg_search_module(HDF5 REQUIRED IMPORTED_TARGET hdf5 hdf5-serial)
find_library(UDUNITS2_LIBRARY udunits2 REQUIRED)
find_path(UDUNITS2_INCLUDE udunits2.h REQUIRED)
find_path(RANDOM123_INCLUDE Random123/philox.h REQUIRED)

# One line for `vitrum --version`.
string(CONCAT VITRUM_LIBRARIES
       "GSL ${GSL_VERSION}, UDUNITS-2, libyaml ${YAML_VERSION}, Jansson ${JANSSON_VERSION}, libgsf ${GSF_VERSION}, "
       "libxml2 ${XML2_VERSION}, zlib ${ZLIB_VERSION}, HDF5 ${HDF5_VERSION}, libtiff ${TIFF_VERSION}, libpng ${PNG_VERSION}, "
       "Random123, OpenMP ${OpenMP_C_VERSION}; ${CMAKE_C_COMPILER_ID} "
       "${CMAKE_C_COMPILER_VERSION}")

# House flags. -ffp-contract=off: the same bytes on every machine; never -ffast-math.
add_library(vitrum_flags INTERFACE)
target_compile_options(vitrum_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off)
option(VITRUM_WERROR "Treat warnings as errors" ON)
if(VITRUM_WERROR)
  target_compile_options(vitrum_flags INTERFACE -Werror)
endif()
target_compile_definitions(vitrum_flags INTERFACE _POSIX_C_SOURCE=200809L)
option(VITRUM_SANITIZE "Address and undefined-behaviour sanitizers" OFF)
if(VITRUM_SANITIZE)
  target_compile_options(vitrum_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
                                                -fno-omit-frame-pointer)
  target_link_options(vitrum_flags INTERFACE -fsanitize=address,undefined)
endif()

# What `make install` brings: program, libraries, headers, pkg-config and CMake package, man pages, completion, cards
# and studies. Man pages and completion are printed by the program from its own tables.
include(CMakePackageConfigHelpers)

set(man_dir ${CMAKE_BINARY_DIR}/share/man/man1)
set(completion_dir ${CMAKE_BINARY_DIR}/share/completion)
file(MAKE_DIRECTORY ${man_dir} ${completion_dir})
add_custom_command(OUTPUT ${man_dir}/vitrum.1 ${completion_dir}/vitrum.bash
                   COMMAND vitrum_cli docs --man ${man_dir}
                   COMMAND vitrum_cli docs --completion bash > ${completion_dir}/vitrum.bash
                   COMMAND vitrum_cli docs --completion zsh > ${completion_dir}/_vitrum
                   COMMAND vitrum_cli docs --completion fish > ${completion_dir}/vitrum.fish
                   DEPENDS vitrum_cli COMMENT "Man pages and shell completion" VERBATIM)
add_custom_target(vitrum_docs ALL DEPENDS ${man_dir}/vitrum.1)
install(DIRECTORY ${man_dir}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${completion_dir}/vitrum.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME vitrum)
install(FILES ${completion_dir}/_vitrum DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${completion_dir}/vitrum.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

set_target_properties(vitrum_shared PROPERTIES EXPORT_NAME vitrum)
install(TARGETS vitrum_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS vitrum_shared EXPORT vitrumTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS vitrum_static EXPORT vitrumStaticTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/vitrum DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_BINARY_DIR}/generated/vitrum/version.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/vitrum)
foreach(folder alloys studies)
  if(IS_DIRECTORY ${CMAKE_SOURCE_DIR}/${folder})
    install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/vitrum)
  endif()
endforeach()

# find_package(vitrum): the shared library, vitrum::vitrum; with COMPONENTS static also vitrum::vitrum_static.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/vitrum)
install(EXPORT vitrumTargets NAMESPACE vitrum:: DESTINATION ${package_dir})
install(EXPORT vitrumStaticTargets NAMESPACE vitrum:: DESTINATION ${package_dir})
configure_package_config_file(cmake/vitrumConfig.cmake.in ${CMAKE_BINARY_DIR}/vitrumConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/vitrumConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/vitrumConfig.cmake ${CMAKE_BINARY_DIR}/vitrumConfigVersion.cmake
        DESTINATION ${package_dir})

# Relative to itself, so that an installed tree may be moved.
file(RELATIVE_PATH VITRUM_PC_TO_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/vitrum.pc.in ${CMAKE_BINARY_DIR}/vitrum.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/vitrum.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

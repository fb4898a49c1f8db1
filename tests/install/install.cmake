# Tests of the tree and of what is installed.
set(install_tests ${CMAKE_SOURCE_DIR}/tests/install)
add_test(NAME install/symbols
         COMMAND bash ${install_tests}/symbols.sh $<TARGET_FILE:vitrum_shared> $<TARGET_FILE:vitrum_static>)
add_test(NAME install/layers COMMAND bash ${install_tests}/layers.sh
                                     ${CMAKE_BINARY_DIR}/src/CMakeFiles/vitrum_objects.dir)
add_test(NAME install/sizes COMMAND bash ${install_tests}/sizes.sh ${CMAKE_SOURCE_DIR})
add_test(NAME install/docs COMMAND bash ${install_tests}/docs.sh $<TARGET_FILE:vitrum_cli> ${CMAKE_SOURCE_DIR}
                                   ${CMAKE_BINARY_DIR})
if(NOT VITRUM_SANITIZE) # a consumer would have to be built with the sanitizers too
  add_test(NAME install/consumer COMMAND bash ${install_tests}/consumer.sh ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR})
endif()

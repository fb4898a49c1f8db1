# The page in a real browser: accessibility (axe-core), console, layout. 77: a tool is missing, skipped.
foreach(program test_report_html)
  target_link_libraries(${program} PRIVATE PkgConfig::XML2)
endforeach()
add_executable(sample_report ${CMAKE_CURRENT_SOURCE_DIR}/report/sample_report.c)
set_target_properties(sample_report PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_include_directories(sample_report PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(sample_report PRIVATE vitrum_static vitrum_flags m)
add_test(NAME report/sample COMMAND sample_report ${CMAKE_BINARY_DIR}/sample-report)
add_test(NAME report/browser COMMAND ${CMAKE_SOURCE_DIR}/scripts/check-report.sh
                                     ${CMAKE_BINARY_DIR}/sample-report/report.html ${CMAKE_BINARY_DIR}/check-report)
set_tests_properties(report/sample PROPERTIES FIXTURES_SETUP sample_report)
set_tests_properties(report/browser PROPERTIES FIXTURES_REQUIRED sample_report SKIP_RETURN_CODE 77 TIMEOUT 900)

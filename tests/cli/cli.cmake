# Every tests/cli/<name>.rows is one test, run by rows.sh; <name>_long.rows belongs to the long campaigns.
file(GLOB row_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/cli/*.rows)
foreach(rows ${row_files})
  get_filename_component(name ${rows} NAME_WE)
  add_test(NAME cli/${name} COMMAND bash ${CMAKE_SOURCE_DIR}/tests/cli/rows.sh $<TARGET_FILE:vitrum_cli>
                                    ${CMAKE_SOURCE_DIR}/tests/cli/fixtures ${rows})
  set_tests_properties(cli/${name} PROPERTIES TIMEOUT 600)
  if(name MATCHES "_long$")
    set_tests_properties(cli/${name} PROPERTIES LABELS long TIMEOUT 7200)
  endif()
endforeach()

if(NOT VITRUM_SANITIZE) # the same code as the rows, with full replicates
  add_test(NAME cli/examples COMMAND bash ${CMAKE_SOURCE_DIR}/tests/cli/examples.sh $<TARGET_FILE:vitrum_cli>
                                     ${CMAKE_SOURCE_DIR})
  set_tests_properties(cli/examples PROPERTIES TIMEOUT 900 COST 1000) # the longest: first
endif()

# sild_test(<room> [TOGETHER <filter>] [HEADERS <a.h> …] SOURCES a_test.cc … LIBRARIES sild_room …)
# makes one test binary for a room and registers each of its tests with CTest, labelled with the room.
# TOGETHER: the tests of that filter are one test for CTest, because they share what takes long to load.
# Fails if the folder has a test that is not among SOURCES.
# HEADERS: what nearly every test of the room includes besides the common headers and is slow to parse.
# Tests of data that is not in the repository find it through SILD_SHARED_DATA, and skip without it.
set(SILD_SHARED_DATA "${CMAKE_SOURCE_DIR}/../shared/data" CACHE PATH "Folder of the shared test data")

# The headers that every test includes, compiled once.
add_library(sild_test_headers OBJECT ${CMAKE_CURRENT_LIST_DIR}/support/headers.cc)
target_link_libraries(sild_test_headers PRIVATE sild_options GTest::gmock absl::statusor)
# Tests themselves are not optimized, which halves the time that they take to compile; what they test is.
set(SILD_TEST_OPTIONS $<$<CONFIG:RelWithDebInfo>:-O0>)
target_compile_options(sild_test_headers PRIVATE ${SILD_TEST_OPTIONS})
set(SILD_TEST_HEADERS <gmock/gmock.h> <gtest/gtest.h> <absl/status/statusor.h>)
target_precompile_headers(sild_test_headers PRIVATE ${SILD_TEST_HEADERS})

function(sild_test room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TOGETHER" "HEADERS;SOURCES;LIBRARIES")
  set(target sild_${room}_test)
  # Sources are named, so a test that nobody named would lie there and never run.
  file(GLOB left_out RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *_test.cc)
  list(REMOVE_ITEM left_out ${arg_SOURCES})
  if(left_out)
    message(FATAL_ERROR "sild_test(${room}): not among SOURCES: ${left_out}")
  endif()
  add_executable(${target} ${arg_SOURCES})
  target_compile_options(${target} PRIVATE ${SILD_TEST_OPTIONS})
  if(arg_HEADERS)
    target_precompile_headers(${target} PRIVATE ${SILD_TEST_HEADERS} ${arg_HEADERS})
  else()
    target_precompile_headers(${target} REUSE_FROM sild_test_headers)
  endif()
  target_compile_definitions(${target} PRIVATE
    SILD_SHARED_DATA="${SILD_SHARED_DATA}" SILD_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE sild_options ${arg_LIBRARIES} GTest::gmock_main GTest::gmock absl::statusor)
  if(arg_TOGETHER)
    set(filter TEST_FILTER "-${arg_TOGETHER}")
    add_test(NAME ${room}.Together COMMAND ${target} "--gtest_filter=${arg_TOGETHER}")
    set_tests_properties(${room}.Together PROPERTIES LABELS ${room} TIMEOUT 600)
  endif()
  gtest_discover_tests(${target} ${filter} PROPERTIES LABELS ${room} TIMEOUT 300 DISCOVERY_TIMEOUT 60)
endfunction()
include(GoogleTest)

# Reads the #include lines of each room and fails on the first that the architecture forbids: a room includes
# only itself and rooms to its left, and each outside library has the rooms that may know it.
# Run as: cmake -DROOT=<source directory> -P layering_test.cmake
cmake_minimum_required(VERSION 3.25)
set(rooms model text matching terms alignment formats storage service rpc gateway replication)
set(only_in_unicode text)            # <unicode/…> is ICU.
set(only_in_libxml formats)
set(only_in_rocksdb storage)
set(only_in_sild/storage storage)    # Records on disk.
set(only_in_sild/v1 service rpc)     # rpc only to list the services for reflection.
set(only_in_grpc rpc)
set(only_in_grpcpp rpc)
set(seen)
foreach(room IN LISTS rooms)
  list(APPEND seen ${room})
  # Siblings: these four do not know one another.
  set(allowed ${seen})
  if(room MATCHES "^(matching|terms|alignment|formats)$")
    set(allowed model text ${room})
  endif()
  file(GLOB files ${ROOT}/server/${room}/*.h ${ROOT}/server/${room}/*.cc)
  foreach(path IN LISTS files)
    file(STRINGS ${path} includes REGEX "^#include")
    foreach(line IN LISTS includes)
      if(line MATCHES "\"server/([a-z]+)/" AND NOT CMAKE_MATCH_1 IN_LIST allowed)
        message(FATAL_ERROR "${path}: ${line}: ${room} may include only: ${allowed}")
      elseif(line MATCHES "[<\"](unicode|libxml|rocksdb|sild/storage|sild/v1|grpcpp|grpc)/")
        if(NOT room IN_LIST only_in_${CMAKE_MATCH_1})
          message(FATAL_ERROR "${path}: ${line}: only for: ${only_in_${CMAKE_MATCH_1}}")
        endif()
      endif()
    endforeach()
  endforeach()
endforeach()

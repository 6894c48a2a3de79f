# Compiler settings as two interface targets, so that no flag is global and every target of ours says what it uses.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers need the sloppiness; without the directory in the hash, build folders share objects.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_NOHASHDIR=true ${CCACHE})
endif()

option(GRIDEXIT_WERROR "Warnings are errors" ON)
option(GRIDEXIT_SANITIZE "Address and undefined behaviour sanitizers" OFF)
option(GRIDEXIT_TSAN "Thread sanitizer" OFF)
option(GRIDEXIT_COVERAGE "Line coverage by gcov" OFF)

add_library(gridexit_settings INTERFACE)
# Golden bytes must not depend on the machine or the compiler: no contraction to fused operations, no fast-math.
target_compile_options(gridexit_settings INTERFACE -ffp-contract=off -fno-math-errno)
target_compile_options(gridexit_settings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
target_include_directories(gridexit_settings INTERFACE ${PROJECT_SOURCE_DIR}/include)
if(GRIDEXIT_SANITIZE)
  target_compile_options(gridexit_settings INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_definitions(gridexit_settings INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(gridexit_settings INTERFACE -fsanitize=address,undefined)
endif()
if(GRIDEXIT_TSAN)
  target_compile_options(gridexit_settings INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(gridexit_settings INTERFACE -fsanitize=thread)
endif()
if(GRIDEXIT_COVERAGE)
  target_compile_options(gridexit_settings INTERFACE --coverage -O0)
  target_link_options(gridexit_settings INTERFACE --coverage)
endif()
if(GRIDEXIT_FUZZ)
  target_compile_options(gridexit_settings INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
  target_link_options(gridexit_settings INTERFACE -fsanitize=address,undefined)
endif()

add_library(gridexit_warnings INTERFACE)
target_compile_options(gridexit_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wdouble-promotion -Wformat=2
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast>
  $<$<BOOL:${GRIDEXIT_WERROR}>:-Werror>)
# g++ 12 takes `"text" + std::string` for an overlapping copy or an overrun (its bug 105651), depending on lengths and on
# what is inlined: the one is left out, the others are told, but no length of a path decides whether the program builds.
target_compile_options(gridexit_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-error=array-bounds -Wno-error=stringop-overflow -Wno-error=stringop-overread>)
if(GRIDEXIT_SANITIZE OR GRIDEXIT_COVERAGE)
  # g++ 12 reports false positives in the standard library once instrumented code is optimised.
  target_compile_options(gridexit_warnings INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-null-dereference>)
endif()

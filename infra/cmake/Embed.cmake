# gridexit_embed(TARGET target NAMESPACE ns FILES f1 f2...)
#
# Turns each file into an escaped string literal of a generated source, so that the binary needs no runtime path.
# Result: `extern const std::string_view <name>` for <name> = file name with . and - replaced by _.
function(gridexit_embed)
  cmake_parse_arguments(arg "" "TARGET;NAMESPACE" "FILES" ${ARGN})
  foreach(file IN LISTS arg_FILES)
    get_filename_component(base ${file} NAME)
    string(MAKE_C_IDENTIFIER ${base} symbol)
    set(generated ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp)
    add_custom_command(OUTPUT ${generated}
      COMMAND ${CMAKE_COMMAND} -DINPUT=${file} -DOUTPUT=${generated} -DSYMBOL=${symbol}
              -DNAMESPACE=${arg_NAMESPACE} -P ${PROJECT_SOURCE_DIR}/infra/cmake/EmbedFile.cmake
      DEPENDS ${file} ${PROJECT_SOURCE_DIR}/infra/cmake/EmbedFile.cmake VERBATIM)
    target_sources(${arg_TARGET} PRIVATE ${generated})
  endforeach()
endfunction()

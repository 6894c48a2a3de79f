# Writes OUTPUT: the bytes of INPUT as the string literal NAMESPACE::SYMBOL.
file(READ ${INPUT} hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR bytes "${digits} / 2")
# Lines of 32 bytes, then every byte as \xHH. Each escape is followed by a backslash or a quote, so none can swallow
# the next digit. Two regular expressions over the whole text: a 200 KB file takes a tenth of a second.
string(REPEAT "." 64 line)
string(REGEX REPLACE "(${line})" "\\1\"\n\"" text "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" text "${text}")
# clang's -Wpedantic minds literals over 64 KB, which every compiler in use takes.
file(WRITE ${OUTPUT} "#include <string_view>\n"
  "#ifdef __clang__\n#pragma clang diagnostic ignored \"-Woverlength-strings\"\n#endif\n"
  "namespace ${NAMESPACE} {\n"
  "extern const std::string_view ${SYMBOL};\n"
  "const std::string_view ${SYMBOL}{\n\"${text}\", ${bytes}};\n"
  "}  // namespace ${NAMESPACE}\n")

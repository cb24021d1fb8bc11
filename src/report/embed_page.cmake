# page.css and page.js as a C++ source, each with the hash by which a browser knows it:
#
#   cmake -D STYLE=page.css -D SCRIPT=page.js -D OUTPUT=page.cc -P embed_page.cmake

# SHA-256 in base64, as the policy of a page wants it. Three digits of the hexadecimal one are two of it.
function(hash_of text variable)
  string(SHA256 digest "${text}")
  set(digits "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(hash "")
  foreach(at RANGE 0 63 3)
    string(SUBSTRING "${digest}00" ${at} 3 three)
    math(EXPR first "0x${three} >> 6")
    math(EXPR second "0x${three} & 63")
    string(SUBSTRING "${digits}" ${first} 1 first)
    string(SUBSTRING "${digits}" ${second} 1 second)
    string(APPEND hash "${first}${second}")
  endforeach()
  string(SUBSTRING "${hash}" 0 43 hash)
  set(${variable} "sha256-${hash}=" PARENT_SCOPE)
endfunction()

file(READ "${STYLE}" style)
file(READ "${SCRIPT}" script)
hash_of("${style}" style_hash)
hash_of("${script}" script_hash)
set(text "// Made from page.css and page.js by embed_page.cmake.\n#include \"report/page.h\"\n\nnamespace connect_lint {\n\n")
string(APPEND text "PagePart page_style() { return {R\"page(${style})page\", \"${style_hash}\"}; }\n")
string(APPEND text "PagePart page_script() { return {R\"page(${script})page\", \"${script_hash}\"}; }\n\n}  // namespace connect_lint\n")
file(WRITE "${OUTPUT}" "${text}")

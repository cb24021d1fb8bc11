# The program prints its manual page and its completions into CONNECT_LINT_GENERATED.
function(print file)
  execute_process(COMMAND ${CONNECT_LINT} ${ARGN} OUTPUT_FILE ${CONNECT_LINT_GENERATED}/${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(MAKE_DIRECTORY ${CONNECT_LINT_GENERATED})
print(connect-lint.1 manual)
foreach(shell bash fish zsh)
  print(connect-lint.${shell} completions ${shell})
endforeach()

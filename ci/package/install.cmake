# What `cmake --install` puts where, and the Debian package that `cpack -G DEB` makes of it. Nothing here is done by a build:
# the manual page and the completions are printed by the program while it is installed.
# Where Debian has libraries, whatever the prefix: the package and `cmake --install` are alike.
if(CMAKE_LIBRARY_ARCHITECTURE AND EXISTS /etc/debian_version)
  set(CMAKE_INSTALL_LIBDIR lib/${CMAKE_LIBRARY_ARCHITECTURE} CACHE PATH "Libraries, below the prefix")
endif()
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(generated ${PROJECT_BINARY_DIR}/package)
set(sources ${PROJECT_SOURCE_DIR}/ci/package)

# --- The program ----------------------------------------------------------------

install(TARGETS connect-lint RUNTIME COMPONENT program)
install(CODE "set(CONNECT_LINT \"$<TARGET_FILE:connect-lint>\")\nset(CONNECT_LINT_GENERATED \"${generated}\")" COMPONENT program)
install(SCRIPT ${sources}/print.cmake COMPONENT program)
install(FILES ${generated}/connect-lint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${generated}/connect-lint.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME connect-lint COMPONENT program)
install(FILES ${generated}/connect-lint.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions RENAME _connect-lint COMPONENT program)
install(FILES ${generated}/connect-lint.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
install(FILES ${CONNECT_LINT_SCHEMAS} DESTINATION ${CMAKE_INSTALL_DATADIR}/connect-lint/schemas COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/connect-lint COMPONENT license)

# --- The library ----------------------------------------------------------------

# It is described by hand: an export would name the places of this machine's libraries and the object libraries. The archive
# holds the objects of connect_lint_base, too.
install(TARGETS connect_lint ARCHIVE COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/connect_lint DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development FILES_MATCHING PATTERN *.h)
if(TARGET connect_lint_shared)
  install(TARGETS connect_lint_shared LIBRARY COMPONENT runtime NAMELINK_COMPONENT development)
endif()

set(cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/connect_lint)
configure_package_config_file(${sources}/connect_lint-config.cmake.in ${generated}/connect_lint-config.cmake
  INSTALL_DESTINATION ${cmake_dir} PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${generated}/connect_lint-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${generated}/connect_lint-config.cmake ${generated}/connect_lint-config-version.cmake DESTINATION ${cmake_dir} COMPONENT development)

# The prefix as seen from the file, so that the tree may be moved.
file(RELATIVE_PATH CONNECT_LINT_UP /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" CONNECT_LINT_UP "${CONNECT_LINT_UP}")
configure_file(${sources}/connect_lint.pc.in ${generated}/connect_lint.pc @ONLY)
install(FILES ${generated}/connect_lint.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

# --- Python -----------------------------------------------------------------------

# Where Debian's Python looks; below another prefix, PYTHONPATH tells.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/python/connect_lint DESTINATION lib/python3/dist-packages COMPONENT python FILES_MATCHING PATTERN *.py PATTERN py.typed PATTERN __pycache__ EXCLUDE)

# --- Debian packages: the program, the shared library, what developers need, and Python ---

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME connect-lint)
set(CPACK_PACKAGE_CONTACT "connect-lint maintainers <connect-lint@example.org>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program runtime development python)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PRE_BUILD_SCRIPTS ${sources}/debian.cmake)
set(CPACK_CONNECT_LINT_SOURCES ${PROJECT_SOURCE_DIR})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "checker of Amazon Connect Customer Profiles requests")
set(about "Checks requests before they are sent: enums, patterns, limits, times, misspelt
names, and what the parts of a request say about each other. All mistakes are
reported at once, each at its place, with what to do.")
set(runtime libconnect-lint${PROJECT_VERSION_MAJOR})
set(same_version "(= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME connect-lint)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION devel)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "${about}
.
This package has the program, which reads JSON and YAML files that are deployed
with the AWS CLI or boto3, CloudFormation templates and streams of requests.")

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME ${runtime})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
file(WRITE ${generated}/triggers "activate-noawait ldconfig\n")
file(WRITE ${generated}/shlibs "libconnect_lint ${PROJECT_VERSION_MAJOR} ${runtime} (>= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${generated}/triggers ${generated}/shlibs)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "${about}
.
This package has the shared library, for C and C++.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libconnect-lint-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${runtime} ${same_version}, libre2-dev, libyaml-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "${about}
.
This package has the headers for C and C++, the static library, and what CMake
and pkg-config need to find them.")

set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-connect-lint)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
set(CPACK_DEBIAN_PYTHON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "python3 (>= 3.9), ${runtime} ${same_version}")
set(CPACK_DEBIAN_PYTHON_PACKAGE_SUGGESTS "python3-boto3")
set(CPACK_COMPONENT_PYTHON_DESCRIPTION "${about}
.
This package is for Python, and puts a check in front of what boto3 sends.")
include(CPack)

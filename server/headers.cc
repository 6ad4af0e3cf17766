// Only there so that CMake has something to compile the common headers with.

// The allocator of `sildd` is jemalloc: look-ups allocate much in many threads, and take a third
// less time than with libc's. What is freed goes back to the system within a second or two, so that
// memory is what is in use: making an index takes several times its own.

extern "C" {
// jemalloc reads it before `main`; so it is declared there.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)
}

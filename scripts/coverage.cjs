// Loaded into each test file before the tests. The coverage of the test file's own process is measured, but not that of
// the kernels and commands that it starts.
if (process.env.NODE_TEST_CONTEXT && process.env.NODE_V8_COVERAGE) {
  delete process.env.NODE_V8_COVERAGE;
  // with that variable Node stores source maps with the coverage; without it we must enable them
  process.setSourceMapsEnabled(true);
}

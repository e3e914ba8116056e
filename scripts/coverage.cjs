// Loaded into each test file before the tests: the file itself is measured, the kernels and commands that it starts are
// not.
if (process.env.NODE_TEST_CONTEXT && process.env.NODE_V8_COVERAGE) {
  delete process.env.NODE_V8_COVERAGE;
  // Node looks at that variable to keep the source maps with what it measures; without it they are asked for
  process.setSourceMapsEnabled(true);
}

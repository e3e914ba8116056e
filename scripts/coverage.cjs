// Loaded into each test file before the tests: the file itself is measured, the kernels and commands that it starts are not.
if (process.env.NODE_TEST_CONTEXT) delete process.env.NODE_V8_COVERAGE;

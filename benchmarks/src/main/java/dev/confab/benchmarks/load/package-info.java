/**
 * People who chat with a server all at once. {@link dev.confab.benchmarks.load.LoadTest} is the program; a
 * {@link dev.confab.benchmarks.load.Person} is one of them, on a virtual thread of its own, and
 * {@link dev.confab.benchmarks.load.LoadReport} is what came of it. Servers are asked over OpenAI's protocol, so that
 * those of others can be measured in the same way; a {@link dev.confab.benchmarks.load.ServerProcess} is one of our own.
 */
@NullMarked
package dev.confab.benchmarks.load;

import org.jspecify.annotations.NullMarked;

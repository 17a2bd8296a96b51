/**
 * One benchmark for each claim about a single part; whole models are measured by {@code confab bench}. Run them with
 * {@code java --add-modules jdk.incubator.vector -jar benchmarks/target/confab-benchmarks-*.jar}.
 */
@NullMarked
package dev.confab.benchmarks;

import org.jspecify.annotations.NullMarked;

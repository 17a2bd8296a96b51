/**
 * Puts the measures of several systems side by side: as text, Markdown, JSON and a plot.
 *
 * <p>Entry types: {@link dev.confab.evaluation.report.SystemReport}, {@link dev.confab.evaluation.report.ReportTable},
 * {@link dev.confab.evaluation.report.ReportJson}, {@link dev.confab.evaluation.report.ReportPlot}. Everything is
 * immutable and usable from any thread.
 */
@NullMarked
package dev.confab.evaluation.report;

import org.jspecify.annotations.NullMarked;

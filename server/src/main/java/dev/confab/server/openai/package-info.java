/**
 * The part of OpenAI's HTTP interface that a language model can serve: completions, chat completions and models.
 *
 * <p>Entry type: {@link dev.confab.server.openai.OpenAiRoutes}. Requests are read and checked in full before anything is
 * generated; every error has OpenAI's shape and names the parameter.
 */
@NullMarked
package dev.confab.server.openai;

import org.jspecify.annotations.NullMarked;

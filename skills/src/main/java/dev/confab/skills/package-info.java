/**
 * Skills that ask services on the network: weather, encyclopedia, dictionary, exchange rates, any HTTP endpoint that
 * answers JSON, and MCP servers. All are off until they are switched on, since what is asked leaves this machine.
 *
 * <p>Entry types: {@link dev.confab.skills.SkillsConfig}, which says what is on, and
 * {@link dev.confab.skills.ConnectedSkills}, which opens it. Usable from any thread; a question waits for the service.
 */
@NullMarked
package dev.confab.skills;

import org.jspecify.annotations.NullMarked;

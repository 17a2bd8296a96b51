package dev.confab.skills;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;

/** Circuit breakers that leave a service alone for a while after it failed too often. */
final class Breakers {
    private static final int ATTEMPTS_REMEMBERED = 10;
    private static final float PERCENT = 100f;

    private Breakers() {}

    static CircuitBreaker create(String service, WebLimits limits) {
        return CircuitBreaker.of(
                service,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(ATTEMPTS_REMEMBERED)
                        .minimumNumberOfCalls(limits.failures())
                        .failureRateThreshold(PERCENT * limits.failures() / ATTEMPTS_REMEMBERED)
                        .waitDurationInOpenState(limits.pause())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
    }
}

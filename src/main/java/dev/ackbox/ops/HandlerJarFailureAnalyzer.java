package dev.ackbox.ops;

import dev.ackbox.jars.HandlerJarException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a jar in the handlers' directory that Ackbox cannot run. */
final class HandlerJarFailureAnalyzer extends AbstractFailureAnalyzer<HandlerJarException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, HandlerJarException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}

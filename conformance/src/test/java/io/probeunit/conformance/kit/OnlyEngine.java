package io.probeunit.conformance.kit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** For tests about the tools, or a documented limit, of some engines: they do not run where the suite is about another one. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(OnlyEngine.Condition.class)
public @interface OnlyEngine {

    /** The engines' names. */
    String[] value();

    /** Compares it with the engine under test. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getElement()
                    .flatMap(e -> AnnotationSupport.findAnnotation(e, OnlyEngine.class))
                    .filter(only -> !List.of(only.value()).contains(EngineUnderTest.name()))
                    .map(only ->
                            ConditionEvaluationResult.disabled("about " + String.join(", ", only.value()) + " alone"))
                    .orElse(ConditionEvaluationResult.enabled("about the engine under test"));
        }
    }
}

package io.probeunit.host.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;

/**
 * What one side asks of the other: a record of a sealed interface that extends this one, and that has the answer's type as
 * its only type argument.
 *
 * @param <C> what the other side answers from
 * @param <A> the answer: a record, or what a record can hold
 */
public interface Question<C, A> {

    /**
     * Finds the answer, on the other side.
     *
     * @param context what that side answers from
     * @return the answer
     */
    A answer(C context);

    /**
     * The type of the answer.
     *
     * @return that by which the answer is written and read
     */
    default Type type() {
        return Arrays.stream(getClass().getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(type -> ((ParameterizedType) type).getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no type of an answer: " + getClass()));
    }
}

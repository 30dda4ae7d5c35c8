package io.probeunit.internal.junit.declared;

import java.lang.annotation.Annotation;

/**
 * One of our annotations, and its place.
 *
 * @param annotation the annotation itself, taken out of its container
 * @param place as messages call it
 * @param depth 0 if it stands there itself, more if it stands on an annotation there
 */
record Found(Annotation annotation, String place, int depth) {

    /** The annotation as a person would write it, and where: {@code @ExpectMark("a:b") on ShopTest.orders()}. */
    String declaration() {
        return AnnotationText.of(annotation) + " on " + place;
    }
}

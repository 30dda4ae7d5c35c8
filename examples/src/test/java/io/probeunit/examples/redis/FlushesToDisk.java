package io.probeunit.examples.redis;

import io.probeunit.annotations.ExpectFunction;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An annotation of our own, as {@code docs/junit.md} shows it. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExpectFunction(value = "fdatasync", binary = "libc.so.6")
@interface FlushesToDisk {}

package dev.ackbox.jars;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.core.type.MethodMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.web.util.UriUtils;

/** Names the class that declares a bean, and the jar that holds it. */
public final class BeanOrigin {

    /** In Spring Boot's jars and in others. */
    private static final Pattern JAR = Pattern.compile("/([^/!]+\\.jar)/?!");

    private BeanOrigin() {}

    /** Such as {@code com.example.Shop in shop.jar}; without a jar where the class comes from a directory. */
    public static String of(BeanDefinition bean) {
        String name = declaringClass(bean);
        if (name == null) {
            return String.valueOf(bean.getResourceDescription());
        }
        URL url = BeanOrigin.class
                .getClassLoader()
                .getResource(ClassUtils.convertClassNameToResourcePath(name) + ClassUtils.CLASS_FILE_SUFFIX);
        Matcher jar = JAR.matcher(String.valueOf(url));
        return jar.find() ? name + " in " + UriUtils.decode(jar.group(1), StandardCharsets.UTF_8) : name;
    }

    private static @Nullable String declaringClass(BeanDefinition bean) {
        if (bean instanceof AnnotatedBeanDefinition annotated) {
            MethodMetadata method = annotated.getFactoryMethodMetadata();
            return method != null
                    ? method.getDeclaringClassName()
                    : annotated.getMetadata().getClassName();
        }
        return bean.getBeanClassName();
    }
}

package dev.ackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Finds the components of whoever builds Ackbox with code of their own, in whatever package: all classes that are packaged together with
 * {@link AckboxApplication}. Spring Boot itself finds those below its package.
 */
final class OwnPackages implements ImportBeanDefinitionRegistrar {

    private static final String APPLICATION =
            ClassUtils.convertClassNameToResourcePath(AckboxApplication.class.getName()) + ClassUtils.CLASS_FILE_SUFFIX;
    private static final String OURS = "dev/ackbox/";

    private final Environment environment;
    private final ResourceLoader resources;
    private final ClassLoader classes;

    OwnPackages(Environment environment, ResourceLoader resources, ClassLoader classes) {
        this.environment = environment;
        this.resources = resources;
        this.classes = classes;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata application, BeanDefinitionRegistry registry) {
        String[] packages = packages();
        if (packages.length == 0) {
            return;
        }
        ClassPathBeanDefinitionScanner scanner =
                new ClassPathBeanDefinitionScanner(registry, true, environment, resources);
        AutoConfigurationExcludeFilter listedElsewhere = new AutoConfigurationExcludeFilter();
        listedElsewhere.setBeanClassLoader(classes);
        scanner.addExcludeFilter(listedElsewhere);
        scanner.scan(packages);
    }

    private String[] packages() {
        String application = String.valueOf(classes.getResource(APPLICATION));
        String root = application.substring(0, application.length() - APPLICATION.length());
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver(resources).getResources(root + "*/**/*.class"))
                    .map(resource -> pathBelow(root, resource))
                    .filter(path -> !path.startsWith(OURS))
                    .map(path -> ClassUtils.convertResourcePathToClassName(path.substring(0, path.lastIndexOf('/'))))
                    .distinct()
                    .toArray(String[]::new);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String pathBelow(String root, Resource resource) {
        try {
            return resource.getURL().toString().substring(root.length());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}

using System.Reflection;

namespace CoffeePayment.Engine.Types;

/// <summary>
/// The types in the assemblies that are loaded, or that those refer to, and that know the engine: all that can be grain
/// classes, grain interfaces, or marked to cross calls.
/// </summary>
internal static class ApplicationTypes
{
    public static IEnumerable<Type> All => Assemblies().SelectMany(TypesOf);

    /// <summary>The engine's own among them.</summary>
    public static HashSet<Assembly> Assemblies()
    {
        var engine = typeof(ApplicationTypes).Assembly;
        var found = new HashSet<Assembly> { engine };
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        while (open.TryDequeue(out var assembly))
        {
            // Only what refers to the engine can have such types, or refer to something that has.
            var references = assembly.GetReferencedAssemblies();
            if (!references.Any(reference => reference.Name == engine.GetName().Name) || !found.Add(assembly)) continue;
            foreach (var reference in references.Where(reference => !IsFramework(reference.Name!)))
            {
                if (TryLoad(reference) is { } loaded) open.Enqueue(loaded);
            }
        }

        return found;
    }

    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return [.. exception.Types.OfType<Type>()];
        }
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

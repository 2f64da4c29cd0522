namespace Orleans.Dashboard;

/// <summary>Keeps a grain class, or a method of one, out of the figures of the dashboard.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoProfilingAttribute : Attribute;

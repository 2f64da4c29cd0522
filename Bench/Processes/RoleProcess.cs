using System.Text.Json;

namespace CoffeePayment.Bench.Processes;

/// <summary>
/// A role of this program as a process of its own: it gets orders line by line, and answers each with JSON.
/// </summary>
internal sealed class RoleProcess : IAsyncDisposable
{
    private readonly string _role;
    private readonly MeasuredProcess _process;

    private RoleProcess(string role, MeasuredProcess process)
    {
        _role = role;
        _process = process;
    }

    public TimeSpan CpuTime => _process.CpuTime;

    public static RoleProcess Start(
        string role, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        new(role, MeasuredProcess.Start("dotnet", BuiltPrograms.RunRole(role, arguments), environment));

    /// <summary>Has it do something; what it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task<JsonElement> AskAsync(string line, CancellationToken stop)
    {
        await _process.Input.WriteLineAsync(line.AsMemory(), stop);
        await _process.Input.FlushAsync(stop);
        return await AnswerAsync(stop);
    }

    /// <summary>The next line that it says.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task<JsonElement> AnswerAsync(CancellationToken stop)
    {
        var answer = await _process.Output.ReadLineAsync(stop)
            ?? throw new InvalidOperationException($"The role {_role} ended without an answer.");
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    /// <summary>Waits until it ends by itself, everything written.</summary>
    public Task EndAsync(CancellationToken stop) => _process.EndAsync(stop);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

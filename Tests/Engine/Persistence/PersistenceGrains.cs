using Orleans.Storage;

namespace CoffeePayment.Tests.Engine;

/// <summary>What the grains of these tests store.</summary>
[GenerateSerializer, Alias("conformance.Note")]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "";
}

/// <summary>A state as its grain sees it.</summary>
[GenerateSerializer, Immutable, Alias("conformance.Seen")]
public sealed record Seen(
    [property: Id(0)] string Text, [property: Id(1)] bool Exists, [property: Id(2)] string? Etag);

/// <summary>A grain with one state.</summary>
[Alias("conformance.INoteGrain")]
public interface INoteGrain : IGrainWithStringKey
{
    [Alias("Look")]
    Task<Seen> LookAsync();

    /// <summary>The state as it was in <c>OnActivateAsync</c>.</summary>
    [Alias("LookBack")]
    Task<Seen> LookBackAsync();

    /// <summary>Changes the state in memory only.</summary>
    [Alias("Set")]
    Task SetAsync(string text);

    [Alias("Write")]
    Task<Seen> WriteAsync(string text);

    /// <summary>Writes, and holds back whatever is thrown.</summary>
    [Alias("TryWrite")]
    Task<string> TryWriteAsync(string text);

    /// <summary>Has the recorded note with the same key write.</summary>
    [Alias("WriteThrough")]
    Task WriteThroughAsync(string text);

    [Alias("Read")]
    Task<Seen> ReadAsync();

    [Alias("Clear")]
    Task<Seen> ClearAsync();

    [Alias("Deactivate")]
    Task DeactivateAsync();
}

[Alias("conformance.IMemoryNoteGrain")]
public interface IMemoryNoteGrain : INoteGrain;

[Alias("conformance.IRecordedNoteGrain")]
public interface IRecordedNoteGrain : INoteGrain;

[Alias("conformance.IKeyedNoteGrain")]
public interface IKeyedNoteGrain : INoteGrain;

[Alias("conformance.IMissingNoteGrain")]
public interface IMissingNoteGrain : INoteGrain;

/// <summary>What grains with one state do; reports deactivations under the grain's id.</summary>
public abstract class NoteGrain(Probe probe, IPersistentState<Note> note) : Grain
{
    private Seen? _atActivation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = See();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report(this.GetGrainId().ToString(), reason.ReasonCode.ToString());
        return Task.CompletedTask;
    }

    public Task<Seen> LookAsync() => Task.FromResult(See());

    public Task<Seen> LookBackAsync() => Task.FromResult(_atActivation!);

    public Task SetAsync(string text)
    {
        note.State.Text = text;
        return Task.CompletedTask;
    }

    public async Task<Seen> WriteAsync(string text)
    {
        note.State.Text = text;
        await note.WriteStateAsync();
        return See();
    }

    public async Task<string> TryWriteAsync(string text)
    {
        try
        {
            await WriteAsync(text);
            return "written";
        }
        catch (InconsistentStateException)
        {
            return "inconsistent";
        }
    }

    public Task WriteThroughAsync(string text) =>
        GrainFactory.GetGrain<IRecordedNoteGrain>(this.GetPrimaryKeyString()).WriteAsync(text);

    public async Task<Seen> ReadAsync()
    {
        await note.ReadStateAsync();
        return See();
    }

    public async Task<Seen> ClearAsync()
    {
        await note.ClearStateAsync();
        return See();
    }

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Seen See() => new(note.State.Text, note.RecordExists, note.Etag);
}

public sealed class MemoryNoteGrain(
    Probe probe, [PersistentState("note", StorageNames.First)] IPersistentState<Note> note)
    : NoteGrain(probe, note), IMemoryNoteGrain;

[GrainType("recorded-note")]
public sealed class RecordedNoteGrain(
    Probe probe, [PersistentState("note", StorageNames.Recording)] IPersistentState<Note> note)
    : NoteGrain(probe, note), IRecordedNoteGrain;

[GrainType("keyed-note")]
public sealed class KeyedNoteGrain(
    Probe probe, [PersistentState("note", StorageNames.Keyed)] IPersistentState<Note> note)
    : NoteGrain(probe, note), IKeyedNoteGrain;

public sealed class MissingNoteGrain(
    Probe probe, [PersistentState("note", StorageNames.Missing)] IPersistentState<Note> note)
    : NoteGrain(probe, note), IMissingNoteGrain;

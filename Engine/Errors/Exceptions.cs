namespace Orleans.Runtime
{
    /// <summary>The base of what the runtime throws.</summary>
    [GenerateSerializer]
    public class OrleansException : Exception
    {
        public OrleansException()
        {
        }

        public OrleansException(string message)
            : base(message)
        {
        }

        public OrleansException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>Something is configured in a way which cannot work.</summary>
    [GenerateSerializer]
    public sealed class OrleansConfigurationException : Exception
    {
        public OrleansConfigurationException(string message)
            : base(message)
        {
        }

        public OrleansConfigurationException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>There is no silo to carry out a call: it has not started, or has stopped.</summary>
    [GenerateSerializer]
    public sealed class SiloUnavailableException : OrleansException
    {
        public SiloUnavailableException()
            : base("The silo is not available.")
        {
        }

        public SiloUnavailableException(string msg)
            : base(msg)
        {
        }

        public SiloUnavailableException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>A reminder could not be stored or found.</summary>
    [GenerateSerializer]
    public sealed class ReminderException(string message) : OrleansException(message);
}

namespace Orleans.Storage
{
    /// <summary>Somebody else wrote the state since it was read: its etag is not the stored one.</summary>
    [GenerateSerializer]
    public class InconsistentStateException : Runtime.OrleansException
    {
        public InconsistentStateException()
        {
        }

        public InconsistentStateException(string message)
            : base(message)
        {
        }

        public InconsistentStateException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : this(errorMsg, storedEtag, currentEtag, null)
        {
        }

        public InconsistentStateException(
            string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
            : base($"{errorMsg} (stored etag: {storedEtag ?? "none"}, own etag: {currentEtag ?? "none"})",
                storageException)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        /// <summary>The etag that the storage has.</summary>
        [Id(0)]
        public string? StoredEtag { get; }

        /// <summary>The etag that the grain had.</summary>
        [Id(1)]
        public string? CurrentEtag { get; }

        /// <summary>
        /// Whether it comes from the state of the very grain which let it out, not from one that this grain called.
        /// </summary>
        internal bool IsSourceActivation { get; set; } = true;
    }

    /// <summary>A storage is asked for which does not exist, or is set up in a way which cannot work.</summary>
    [GenerateSerializer]
    public class BadProviderConfigException : Runtime.OrleansException
    {
        public BadProviderConfigException()
        {
        }

        public BadProviderConfigException(string msg)
            : base(msg)
        {
        }

        public BadProviderConfigException(string msg, Exception? exc)
            : base(msg, exc)
        {
        }
    }
}

namespace Orleans.Serialization
{
    /// <summary>A type is to cross a grain call which nobody has marked with <c>[GenerateSerializer]</c>.</summary>
    [GenerateSerializer]
    public class CodecNotFoundException(string message) : Exception(message);
}

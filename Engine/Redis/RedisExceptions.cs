namespace Orleans.Persistence.Redis
{
    /// <summary>Redis could not read or write a grain state, or not in time.</summary>
    [GenerateSerializer]
    public class RedisStorageException : Exception
    {
        public RedisStorageException()
        {
        }

        public RedisStorageException(string message)
            : base(message)
        {
        }

        public RedisStorageException(string message, Exception inner)
            : base(message, inner)
        {
        }
    }
}

namespace Orleans.Reminders.Redis
{
    /// <summary>Redis could not read or write reminders, or not in time.</summary>
    [GenerateSerializer]
    public class RedisRemindersException : Exception
    {
        public RedisRemindersException()
        {
        }

        public RedisRemindersException(string message)
            : base(message)
        {
        }

        public RedisRemindersException(string message, Exception inner)
            : base(message, inner)
        {
        }
    }
}

namespace Orleans.Clustering.Redis
{
    /// <summary>Redis could not read or write the list of silos, or not in time.</summary>
    public class RedisClusteringException : Exception
    {
        public RedisClusteringException()
        {
        }

        public RedisClusteringException(string message)
            : base(message)
        {
        }

        public RedisClusteringException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}

using System.Net;
using CoffeePayment.Hosting.Redis;

namespace CoffeePayment.Tests.Redis;

public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://redis-1", "redis-1", 6379, 0)]
    [InlineData("redis://redis-1:7000/", "redis-1", 7000, 0)]
    [InlineData("redis://redis-1:7000/12", "redis-1", 7000, 12)]
    public void TryParse_Address_HasHostPortAndDatabase(string url, string host, int port, int database)
    {
        var options = RedisUrl.TryParse(url, out var problem)!;

        Assert.Equal("", problem);
        Assert.Equal(new DnsEndPoint(host, port), Assert.Single(options.EndPoints));
        Assert.Equal(database, options.DefaultDatabase);
        Assert.Null(options.Password);
        Assert.False(options.Ssl);
    }

    [Theory]
    [InlineData("redis://127.0.0.1:7000", "127.0.0.1")]
    [InlineData("redis://[::1]:7000", "::1")]
    public void TryParse_IpAddress_IsTaken(string url, string address)
    {
        var options = RedisUrl.TryParse(url, out _)!;

        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), 7000), Assert.Single(options.EndPoints));
    }

    [Theory]
    [InlineData("redis://:se%2Ccret%40%3A%20%D0%9C@redis-1", "se,cret@: М")]
    [InlineData("redis://default:a:b@redis-1", "a:b")]
    public void TryParse_Password_IsDecoded(string url, string password)
    {
        var options = RedisUrl.TryParse(url, out var problem)!;

        Assert.Equal("", problem);
        Assert.Equal(password, options.Password);
    }

    [Fact]
    public void TryParse_Rediss_AsksForTls()
    {
        var options = RedisUrl.TryParse("rediss://redis-1:7000", out _)!;

        Assert.True(options.Ssl);
        Assert.Equal("redis-1", options.SslHost);
    }

    [Fact]
    public void TryParse_AnyAddress_KeepsOnConnecting() =>
        Assert.False(RedisUrl.TryParse("redis://redis-1", out _)!.AbortOnConnectFail);

    [Theory]
    [InlineData("")]
    [InlineData("redis-1:6379")]
    [InlineData("http://:secret@redis-1")]
    [InlineData("redis://:secret@redis-1/first")]
    [InlineData("redis://:secret@redis-1/1/2")]
    [InlineData("redis://:secret@redis-1/99999999999")]
    [InlineData("redis://:secret@redis-1?x=1")]
    [InlineData("redis://secret@redis-1")]
    [InlineData("redis://a,b:secret@redis-1")]
    public void TryParse_NotSuchAnAddress_SaysWhatItMustBeWithoutTheSecret(string url)
    {
        Assert.Null(RedisUrl.TryParse(url, out var problem));

        Assert.NotEmpty(problem);
        Assert.DoesNotContain("secret", problem);
    }
}

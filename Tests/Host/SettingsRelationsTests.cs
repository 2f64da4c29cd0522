namespace CoffeePayment.Tests.Host;

public sealed class SettingsRelationsTests
{
    private const string Hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    [Fact]
    public void SlowInterval_BelowFast_IsAnError() => AssertError(
        "SLOW_TRACK_INTERVAL_S is '4.5': it must be at least FAST_TRACK_INTERVAL_S (5).",
        ("SLOW_TRACK_INTERVAL_S", "4.5"));

    [Fact]
    public void Ports_TheSame_AreAnError() => AssertError(
        "GATEWAY_PORT is '7000': it must be another port than SILO_PORT.",
        ("SILO_PORT", "7000"),
        ("GATEWAY_PORT", "7000"));

    [Fact]
    public void Yookassa_WithoutMachine_IsAnError() => AssertError(
        "TMETR_HOST is not set: it must be set, since YooKassa is configured.",
        ("YOOKASSA_ACCOUNT_ID", "1"),
        ("YOOKASSA_SECRET_KEY", "a"));

    [Fact]
    public void Machine_WithoutToken_IsAnError() => AssertError(
        "TMETR_TOKEN is not set: it must be set, since TMETR_HOST is.", ("TMETR_HOST", "tmetr.example"));

    [Fact]
    public void Machine_WithoutYookassa_IsAnError() => AssertError(
        "YOOKASSA_ACCOUNT_ID is not set: it must be set, since TMETR_HOST is.",
        ("TMETR_HOST", "tmetr.example"),
        ("TMETR_TOKEN", "t"));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://0:5080")]
    [InlineData("http://[::ffff:0.0.0.0]:5080")]
    [InlineData("http://[::ffff:10.0.0.1]:5080")]
    [InlineData("https://0.0.0.0:5443")]
    [InlineData("http://loopback:5080")]
    [InlineData("http://localhost.:5080")]
    [InlineData("http://coffee.localhost:5080")]
    [InlineData("http://coffee.example:5080")]
    public void ApiKeys_UnsetWhereOthersCanReachTheService_IsAnError(string url) => AssertError(
        $"API_KEYS is not set: it must be set, since ASPNETCORE_URLS is '{url}', which other machines can reach.",
        ("ASPNETCORE_URLS", "http://127.0.0.1:5081;" + url));

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.8.9.10:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://LocalHost:5080")]
    public void ApiKeys_UnsetWhereNobodyElseCanReachTheService_IsFine(string url) =>
        Assert.Null(TestSettings.Read(("ASPNETCORE_URLS", url)).Error);

    [Fact]
    public void Endpoints_OfTheServersOwn_AreAnError() => AssertError(
        "Kestrel:Endpoints is 'set': it must be unset: ASPNETCORE_URLS says where to listen.",
        ("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:80"));

    [Theory]
    [InlineData("http://0.0.0.0:5080", $"k1,anna:sha256:{Hash}", "key-1")]
    [InlineData("http://0.0.0.0:5080", "fifteen-letters,sixteen--letters", "key-1")]
    [InlineData("http://127.0.0.1:5080", "k1", "")]
    public void ApiKeys_ThatOthersCouldGuess_AreNamed(string url, string keys, string weak)
    {
        var reading = TestSettings.Read(("ASPNETCORE_URLS", url), ("API_KEYS", keys));

        Assert.Equal(weak, string.Join(',', reading.Settings!.WeakKeys));
    }

    [Fact]
    public void ApiKeys_SetWhereOthersCanReachTheService_IsFine() => Assert.Null(
        TestSettings.Read(("ASPNETCORE_URLS", "http://0.0.0.0:5080"), ("API_KEYS", "k")).Error);

    [Fact]
    public void SandboxUrl_OnThePortOfTheService_IsAnError() => AssertError(
        "SANDBOX_URL is 'http://127.0.0.1:5080/': it must be on another port than ASPNETCORE_URLS.",
        ("SANDBOX_URL", "http://127.0.0.1:5080"));

    [Fact]
    public void RedisUrl_UserWithoutAPassword_IsAnErrorThatShowsNeither() => AssertError(
        "REDIS_URL is '***': it must be an address with a password after the user's name, or without both "
            + "(redis://user:password@host).",
        ("REDIS_URL", "redis://user@127.0.0.1:6379/0"));

    [Fact]
    public void SiloAddress_OneThatOthersCanReachWithoutASecret_IsAnError() => AssertError(
        "CLUSTER_SECRET is not set: it must be set, since SILO_ADDRESS is '10.0.0.1', which other machines can reach.",
        ("REDIS_URL", "redis://127.0.0.1"),
        ("SILO_ADDRESS", "10.0.0.1"));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("hostname")]
    public void SiloAddress_OneThatOthersCanReachWithASecret_IsFine(string address) => Assert.Null(TestSettings.Read(
        ("REDIS_URL", "redis://127.0.0.1"), ("SILO_ADDRESS", address), ("CLUSTER_SECRET", "secret")).Error);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("*")]
    [InlineData("+")]
    [InlineData("coffee.example")]
    public void SiloAddress_ThatIsNoneOrAll_IsAnErrorWhateverTheSecret(string address)
    {
        var reading = TestSettings.Read(
            ("REDIS_URL", "redis://127.0.0.1"), ("SILO_ADDRESS", address), ("CLUSTER_SECRET", "secret"));

        Assert.Equal("SILO_ADDRESS", reading.Error!.Name);
    }

    [Theory]
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("fe80::1")]
    [InlineData("hostname")]
    public void SiloAddress_AnyThatOthersCanReachWithoutASecret_IsAnErrorOfTheSecrets(string address)
    {
        var reading = TestSettings.Read(("REDIS_URL", "redis://127.0.0.1"), ("SILO_ADDRESS", address));

        Assert.Equal("CLUSTER_SECRET", reading.Error!.Name);
    }

    [Fact]
    public void SiloAddress_WithoutACluster_IsAnError() => AssertError(
        "SILO_ADDRESS is '10.0.0.1': it must be unset, since REDIS_URL is.",
        ("SILO_ADDRESS", "10.0.0.1"),
        ("CLUSTER_SECRET", "secret"));

    [Fact]
    public void Ports_BothFree_AreFine() => Assert.Null(
        TestSettings.Read(("SILO_PORT", "0"), ("GATEWAY_PORT", "0")).Error);

    private static void AssertError(string line, params (string Name, string Value)[] given)
    {
        var reading = TestSettings.Read(given);

        Assert.Equal(line, reading.Error?.ToString());
    }
}

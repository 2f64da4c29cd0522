using System.Runtime.Versioning;
using System.Text;
using CoffeePayment.Hosting.Access;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Tests.Host;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Secret_FromFile_IsTrimmedAndNeverShown()
    {
        File.WriteAllText(_file, "  file-secret\n");

        var reading = TestSettings.Read(
            ("YOOKASSA_ACCOUNT_ID", "1"),
            ("YOOKASSA_SECRET_KEY_FILE", _file),
            ("TMETR_HOST", "t"),
            ("TMETR_TOKEN", "x"));

        Assert.Equal("file-secret", Assert.Single(reading.Settings!.Merchants).SecretKey);
        var shown = reading.Settings.Values.Single(value => value.Name == "YOOKASSA_SECRET_KEY");
        Assert.Equal((SettingError.Mask, $"{_file} (Memory)"), (shown.Shown, shown.Source));
    }

    [Theory]
    [InlineData("YOOKASSA_SECRET_KEY")]
    [InlineData("TMETR_TOKEN")]
    [InlineData("API_KEYS")]
    [InlineData("REDIS_URL")]
    [InlineData("Merchants:shop:Yookassa:SecretKey")]
    public void Secret_FromMissingFile_IsAnErrorThatNamesTheSettingAndTheFile(string name)
    {
        var reading = TestSettings.Read(
            ("Merchants:shop:Yookassa:AccountId", "1"), (name + "_FILE", "/nowhere/secret"));

        Assert.Equal(
            $"{name}_FILE is '/nowhere/secret': it must be a file with the secret in it (it is not there).",
            reading.Error!.ToString());
    }

    [Fact]
    public void Secret_FromEmptyFile_IsAnError()
    {
        var reading = TestSettings.Read(("API_KEYS_FILE", _file));

        Assert.Equal(
            $"API_KEYS_FILE is '{_file}': it must be a file with the secret in it (it is empty).",
            reading.Error!.ToString());
    }

    [Theory]
    [UnsupportedOSPlatform("windows")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherWrite, true)]
    public void SecretFile_ThatOthersCanReadOrWrite_IsFound(UnixFileMode mode, bool isFound)
    {
        File.SetUnixFileMode(_file, mode);
        var configuration = TestSettings.Configuration(
            ("TMETR_TOKEN_FILE", _file), ("Merchants:shop:Yookassa:SecretKey_FILE", $" {_file} "), ("LOG_FILE", _file));

        var found = SecretFiles.OpenToAll(configuration);

        Assert.Equal(
            isFound ? [("Merchants:shop:Yookassa:SecretKey_FILE", _file), ("TMETR_TOKEN_FILE", _file)] : [], found);
    }

    [Fact]
    public void EverySecret_ComesFromAFileWithoutItsLineBreak()
    {
        foreach (var setting in SettingsTable.All.Where(setting => setting.IsSecret))
        {
            File.WriteAllText(_file, setting == SettingsTable.RedisUrl ? "redis://h/3\r\n" : "from-a-file\n");

            var (value, error) = SettingsReader.ReadOne(
                TestSettings.Configuration((setting.FileName, _file)), setting, setting.Name);

            Assert.Null(error);
            Assert.Equal((SettingError.Mask, $"{_file} (Memory)"), (value!.Shown, value.Source));
            Assert.DoesNotContain('\n', value.Value!.ToString()!);
        }
    }

    [Fact]
    public void AuditFile_Unset_IsBesideTheLog()
    {
        var settings = TestSettings.Read(("LOG_FILE", "/tmp/silo1.log")).Settings!;

        Assert.Equal("/tmp/silo1.audit.log", settings.AuditFile);
    }

    [Fact]
    public void Secret_GivenTwice_IsAnErrorThatShowsNeither()
    {
        File.WriteAllText(_file, "from-the-file");

        var reading = TestSettings.Read(("TMETR_TOKEN", "from-the-environment"), ("TMETR_TOKEN_FILE", _file));

        Assert.Equal(
            $"TMETR_TOKEN_FILE is '{_file}': it must be unset when TMETR_TOKEN is set, or the other way round.",
            reading.Error!.ToString());
    }

    [Fact]
    public void Secret_WithBadContentOfFile_IsMasked()
    {
        File.WriteAllText(_file, "two words");

        var reading = TestSettings.Read(("TMETR_TOKEN_FILE", _file));

        Assert.StartsWith("TMETR_TOKEN is '***': it must be ", reading.Error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ApiKeys_FromFileWithALineEach_AreAllRead()
    {
        File.WriteAllText(_file, "first\r\nsecond\n");

        var reading = TestSettings.Read(("API_KEYS_FILE", _file));

        var keys = reading.Settings!.Get(SettingsTable.ApiKeys)!;
        Assert.Equal(
            [ApiKey.FromKey("key-1", "first").Entry, ApiKey.FromKey("key-2", "second").Entry],
            keys.Select(key => key.Entry));
    }

    [Fact]
    public void Merchants_DefaultAndFurther_AreAllRead()
    {
        var reading = TestSettings.Read(
            ("YOOKASSA_ACCOUNT_ID", "1"),
            ("YOOKASSA_SECRET_KEY", "a"),
            ("Merchants:shop:Yookassa:AccountId", "2"),
            ("Merchants:shop:Yookassa:SecretKey", "b"),
            ("Merchants:shop:Yookassa:ApiUrl", "http://127.0.0.1:1/v3"),
            ("TMETR_HOST", "tmetr.example"),
            ("TMETR_TOKEN", "t"));

        Assert.Equal(
            [
                new MerchantSettings("default", "1", "a", new Uri("https://api.yookassa.ru/v3")),
                new MerchantSettings("shop", "2", "b", new Uri("http://127.0.0.1:1/v3")),
            ],
            reading.Settings!.Merchants);
        Assert.True(reading.Settings.HasProvider);
        Assert.DoesNotContain(reading.Settings.Values, value => value.Shown is "a" or "b" or "t");
    }

    [Theory]
    [InlineData("Merchants:shop:Yookassa:AccountId", "1", "Merchants:shop:Yookassa:SecretKey is not set")]
    [InlineData("Merchants:shop:Yookassa:SecretKey", "a", "Merchants:shop:Yookassa:AccountId is not set")]
    [InlineData("Merchants:shop:Yookassa:ApiUrl", "http://x/v3", "Merchants:shop:Yookassa:AccountId is not set")]
    [InlineData("Merchants:shop:Yookassa:ApiUrl", "x", "Merchants:shop:Yookassa:ApiUrl is 'x'")]
    [InlineData("Merchants:shop:Yookassa:SecretKeey", "a", "Merchants:shop:Yookassa:SecretKeey is 'set'")]
    [InlineData("Merchants:shop:Yokassa:SecretKey", "a", "Merchants:shop:Yokassa is 'set'")]
    [InlineData("Merchants:my shop:Yookassa:SecretKey", "a", "Merchants is 'my shop'")]
    [InlineData("YOOKASSA_ACCOUNT_ID", "1", "YOOKASSA_SECRET_KEY is not set")]
    [InlineData("YOOKASSA_SECRET_KEY", "a", "YOOKASSA_ACCOUNT_ID is not set")]
    public void Merchant_Incomplete_IsAnErrorThatNamesWhatIsWrong(string name, string value, string expected)
    {
        var reading = TestSettings.Read((name, value));

        Assert.StartsWith($"{expected}: it must be ", reading.Error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_GivenAsAList_IsAnError()
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes("""{ "LATE_CHECKS": ["5m", "1h"] }"""));

        var reading = SettingsReader.Read(new ConfigurationBuilder().AddJsonStream(json).Build());

        Assert.StartsWith("LATE_CHECKS is 'a list or an object'", reading.Error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_FromSeveralSources_IsThatOfTheLastOne()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("LOG_FORMAT", (string?)"text")])
            .AddCommandLine(["--LOG_FORMAT=json"])
            .Build();

        var value = SettingsReader.Read(configuration).Settings!.Values.Single(value => value.Name == "LOG_FORMAT");

        Assert.Equal(("json", "command line"), (value.Shown, value.Source));
    }

    [Theory]
    [InlineData("FAST_TRACK_INTERVALS", "FAST_TRACK_INTERVAL_S")]
    [InlineData("fast_track_interval", "FAST_TRACK_INTERVAL_S")]
    [InlineData("TMETR_TOKEN_FILES", "TMETR_TOKEN_FILE")]
    [InlineData("REDIS_URI", "REDIS_URL")]
    public void NearMisses_NameLikeASetting_IsFound(string name, string meant)
    {
        var configuration = TestSettings.Configuration(
            (name, "1"), ("PATH", "/bin"), ("LANG", "ru"), ("TMETR_HOST", "t"));

        var found = NearMisses.In(configuration);

        Assert.Equal([(name, meant)], found);
    }
}

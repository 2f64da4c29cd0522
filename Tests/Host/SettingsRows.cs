using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Tests.Host;

/// <summary>What each setting must take and what it must refuse.</summary>
internal static class SettingsRows
{
    private const string Hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    public static readonly IReadOnlyDictionary<Setting, (string[] Good, string[] Bad)> All =
        new Dictionary<Setting, (string[] Good, string[] Bad)>
        {
            [SettingsTable.SweepPeriod] = (
                ["1", "10", " 2.5 ", "3600"], ["abc", "0", "-1", "3601", "1e3", "10s", "1,5"]),
            [SettingsTable.FastTrackLimit] = (["1", "300", "86400"], ["five", "0.5", "-300", "86401", "NaN", "5m"]),
            [SettingsTable.FastTrackInterval] = (["0.1", "5", "60"], ["quick", "0", "0.09", "3601", "+5", "5 5"]),
            [SettingsTable.SlowTrackInterval] = (["5", "60.5", "86400"], ["slow", "0", "86400.1", "0x10", "∞"]),
            [SettingsTable.AttemptsLimit] = (["1", "10", "1000"], ["ten", "0", "-1", "1001", "2.5", "99999999999"]),
            [SettingsTable.ApiTimeout] = (
                ["0.1", "3", "20"], ["soon", "0", "20.1", "-3", "99999999999999999999999999999"]),
            [SettingsTable.OrderExpiration] = (["0.02", "15", "43200"], ["never", "0", "0.01", "43201", "15m"]),
            [SettingsTable.LateChecks] = (
                ["", "5s", "5m,1h,6h,24h", " 0.5s , 1m ", "365d"],
                ["soon", "5", "5m,", ",", "1h,5m", "5m,5m", "0s", "-5m", "5m;1h", "366d", "5w", "9999999999d"]),
            [SettingsTable.Retention] = (["1", "30", "3650"], ["forever", "0", "0.5", "3651", "-30"]),
            [SettingsTable.RedisUrl] = (
                ["redis://127.0.0.1:6379/0", "rediss://:password@h", "redis://h/3"],
                ["redis", "http://127.0.0.1:6379", "redis://", "redis://h:99999/0", "redis://h/x", "redis://u@h"]),
            [SettingsTable.DataDirectory] = (["data", "/tmp"], ["/dev/null/data", "a\0b"]),
            [SettingsTable.ClusterId] = (
                ["coffee", "c-1_2.x"], ["two words", "-x", "a/b", "a:b", "кофе", new string('x', 101)]),
            [SettingsTable.ServiceId] = (["coffee", "S1"], ["two words", ".x", "{x}", "a\nb"]),
            [SettingsTable.SiloAddress] = (
                ["127.0.0.1", "::1"], ["localhost", "0.0.0.0", "::", "a b", "10.0.0.1", "hostname"]),
            [SettingsTable.SiloPort] = (["0", "1", "11111", "65535"], ["http", "65536", "-1", "80.5", "0x50"]),
            [SettingsTable.GatewayPort] = (["0", "1", "30000", "65535"], ["http", "65536", "11111"]),
            [SettingsTable.ClusterSecret] = (["secret"], ["two words", "a,b", "тайна"]),
            [SettingsTable.YookassaAccountId] = ([], ["12:34", "two words", "123456"]),
            [SettingsTable.YookassaSecretKey] = ([], ["two words", "a,b", "ключ", "test_key"]),
            [SettingsTable.YookassaApiUrl] = (
                ["https://api.yookassa.ru/v3", "http://127.0.0.1:5090/v3/"],
                [
                    "api", "ftp://x/v3", "https://u:p@x/v3", "https://x/v3?a=1", "https://", "http://x:99999", "/v3",
                    "http://a b/",
                ]),
            [SettingsTable.TmetrHost] = ([], ["a b", "ftp://x", "x:99999", "http://", "x?y", "tmetr.example"]),
            [SettingsTable.TmetrToken] = ([], ["two words", "a,b", "жетон", "token"]),
            [SettingsTable.MachineDeduplicates] = (["true", "False"], ["yes", "1", "tru"]),
            [SettingsTable.ApiKeys] = (
                [
                    "k1", "k1, k2", "a:b", "sha256:x", $"anna:sha256:{Hash}",
                    $"k1,Anna.2:SHA256:{Hash.ToUpperInvariant()}",
                ],
                [
                    ",", "a,,b", "two words", "ключ", $"anna:sha256:{Hash[1..]}", $"anna:sha256:{Hash}0",
                    $":sha256:{Hash}", $"a/b:sha256:{Hash}", $"-a:sha256:{Hash}", $"a:b:sha256:{Hash}",
                    $"a:sha256:g{Hash[1..]}",
                    $"a:sha256:{Hash},a:sha256:{Hash}", $"key-2:sha256:{Hash},k",
                ]),
            [SettingsTable.ApiRateLimit] = (["0", "5000", "1000000"], ["many", "-1", "1000001", "0.5"]),
            [SettingsTable.WebhookRateLimit] = (["0", "1000", "1000000"], ["many", "-1", "1000001", "1e3"]),
            [SettingsTable.WebhookNetworks] = (
                ["yookassa", "YooKassa, 127.0.0.1", "10.0.0.0/8", "2a02:5180::/32,::1", "0.0.0.0/0"],
                ["all", "10", "10.0.0.0/33", "10.0.0.0/", ",", "10.0.0.0-10.0.0.9", "yookassa/32"]),
            [SettingsTable.TrustedProxies] = (
                ["127.0.0.1", "10.0.0.0/8, ::1", "fd00::/8"],
                ["yookassa", "0.0.0.0/0", "::/0", "proxy", "127.1"]),
            [SettingsTable.Urls] = (
                ["http://127.0.0.1:0", "http://localhost:5080;https://[::1]:5443", "http://127.0.0.1"],
                [
                    "5080", "localhost:5080", "ftp://x:1", "http://:5080", "http://x:99999", "http://x:5080/path", ";",
                    "http://x:-1", "http://0.0.0.0:5080", "http://+:5080", "http://loopback:5080", "http://0:5080",
                    "http://unix:/tmp/s", "http://127.0.0.1:x",
                ]),
            [SettingsTable.SandboxUrl] = (
                ["http://127.0.0.1:0", "http://localhost:5091/"],
                [
                    "5090", "https://127.0.0.1:5090", "http://0.0.0.0:5090", "http://x.example:5090",
                    "http://loopback:5090", "http://127.0.0.1:99999", "http://127.0.0.1:5090/v3",
                    "http://127.0.0.1:5080",
                ]),
            [SettingsTable.Language] = (["ru", "EN", "en_US:en", "ru_RU.UTF-8"], ["de", "russian", "e n", "de_DE:en"]),
            [SettingsTable.LogFile] = (
                ["coffee.log", "/tmp/coffee.log"], ["/dev/null/coffee.log", "/tmp", "/tmp/", "a\0b"]),
            [SettingsTable.AuditFile] = (
                ["audit.log", "/tmp/audit.log"], ["/dev/null/audit.log", "/tmp", "/tmp/", "a\0b"]),
            [SettingsTable.LogFormat] = (["text", "JSON"], ["xml", "jsonl", "0"]),
            [SettingsTable.OtlpEndpoint] = (["http://127.0.0.1:4317"], ["4317", "grpc://x:4317", "http://", "x:4317"]),
        };
}

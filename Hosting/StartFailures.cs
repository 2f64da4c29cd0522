using System.Net;
using System.Net.Sockets;
using CoffeePayment.Hosting.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Hosting;

/// <summary>Turns what can be expected to go wrong at the start into one line.</summary>
internal static class StartFailures
{
    /// <summary>The line for a failure; null if it was not to be expected.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="own">The line for a cause that only this process can have; null for any other.</param>
    public static string? Explain(
        Exception failure, ServiceSettings settings, Func<Exception, string?>? own = null) =>
        Chain(failure)
            .Select(cause => own?.Invoke(cause) ?? Line(cause, failure, settings))
            .FirstOrDefault(line => line is not null);

    /// <summary>The line for an address that cannot be listened on.</summary>
    public static string AddressLine(Setting setting, string value, Exception failure)
    {
        var reason = Chain(failure).OfType<SocketException>().FirstOrDefault()?.SocketErrorCode switch
        {
            SocketError.AccessDenied => "this user may not listen there",
            SocketError.AddressNotAvailable => "this machine does not have that address",
            _ => "it is in use, probably by another CoffeePayment",
        };
        return new SettingError(setting.Name, value, $"an address that is free ({reason})").ToString();
    }

    private static string? Line(Exception exception, Exception failure, ServiceSettings settings) => exception switch
    {
        RefusedStartException refused => refused.Message,
        OptionsValidationException options => string.Join(' ', options.Failures),
        IOException when exception.InnerException is AddressInUseException => UrlsLine(failure, settings),
        SocketException => AddressLine(failure, settings),
        _ => null,
    };

    // Nobody says which of the addresses it was.
    private static string AddressLine(Exception failure, ServiceSettings settings)
    {
        Setting<int>[] ports = [SettingsTable.SiloPort, SettingsTable.GatewayPort];
        return Array.Find(ports, port => !IsFree(settings.Get(port))) is { } taken
            ? AddressLine(taken, $"{settings.Get(taken)}", failure)
            : UrlsLine(failure, settings);
    }

    private static string UrlsLine(Exception failure, ServiceSettings settings) =>
        AddressLine(SettingsTable.Urls, string.Join(';', settings.Get(SettingsTable.Urls)), failure);

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The exception, what caused it, what caused that, through all branches.</summary>
    private static IEnumerable<Exception> Chain(Exception exception)
    {
        yield return exception;

        IEnumerable<Exception> causes = exception is AggregateException many
            ? many.InnerExceptions
            : exception.InnerException is { } inner ? [inner] : [];
        foreach (var cause in causes.SelectMany(Chain))
            yield return cause;
    }
}

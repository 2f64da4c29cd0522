using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

internal sealed partial class Membership
{
    [LoggerMessage(101, LogLevel.Information, "Silo {Silo} sees version {Version} of the cluster; active: {Active}")]
    private partial void MembersChanged(SiloAddress silo, long version, string active);

    [LoggerMessage(102, LogLevel.Warning, "The membership table could not be read or written; what is known stays")]
    private partial void TableNotReached(Exception exception);

    [LoggerMessage(103, LogLevel.Warning,
        "The membership table was lost after version {Version}; {Count} silos are put back")]
    private partial void TableLost(long version, int count);

    [LoggerMessage(104, LogLevel.Information, "The membership table is whole again, at version {Version}")]
    private partial void TableRestored(long version);

    [LoggerMessage(105, LogLevel.Warning, "Silo {Silo} did not answer, {Missed} times in a row")]
    private partial void ProbeMissed(SiloAddress silo, int missed);

    [LoggerMessage(106, LogLevel.Warning, "Silo {Silo} is suspected to be dead")]
    private partial void SiloSuspected(SiloAddress silo);

    [LoggerMessage(107, LogLevel.Warning, "Silo {Silo} is declared dead")]
    private partial void SiloDeclaredDead(SiloAddress silo);

    [LoggerMessage(108, LogLevel.Warning, "Waiting to join: {Silos} do not answer")]
    private partial void OthersNotReached(string silos);

    [LoggerMessage(109, LogLevel.Warning, "This silo was paused; it asks the table whether it is still a member")]
    private partial void SiloPaused();

    [LoggerMessage(111, LogLevel.Debug, "Silo {Silo} could not be told of version {Version}")]
    private partial void SiloNotTold(SiloAddress silo, long version, Exception exception);

    [LoggerMessage(112, LogLevel.Debug, "Silo {Silo} did not answer")]
    private partial void ProbeFailed(SiloAddress silo, Exception exception);

    [LoggerMessage(110, LogLevel.Critical, "This silo is no member of the cluster any more: {Reason}")]
    private partial void SelfDeclaredDead(string reason);
}

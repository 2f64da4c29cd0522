using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Api.OpenApi;

/// <summary>What the document says of the calls that look at the work itself.</summary>
internal static class InspectionDocs
{
    public static readonly OperationDoc Schedule = new()
    {
        Id = "getSchedule",
        Tag = Tags.Service,
        Summary = "Which orders are looked at next",
        Description = "From the due index alone, soonest first, a page at a time; no order is touched.",
        Parameters =
        [
            new()
            {
                Name = "part",
                In = ParameterPlace.Query,
                Shape = ParameterShape.SchedulePart,
                Description = "upcoming: what is due later, late checks included. due: what is due by now and not "
                    + "done, which is about to be checked, being checked, or left by a silo that died.",
                Example = "due",
            },
            new()
            {
                Name = "limit",
                In = ParameterPlace.Query,
                Shape = ParameterShape.PageSize,
                Description = "How many orders a page has at most.",
                Example = "50",
            },
            new()
            {
                Name = "cursor",
                In = ParameterPlace.Query,
                Description = "The next_cursor of the page before; left out for the first.",
                Example = InspectionExamples.Schedule.NextCursor!,
            },
        ],
        Answers =
        [
            new(StatusCodes.Status200OK, "A page.", typeof(ScheduleResponse), InspectionExamples.Schedule),
            Answers.Invalid("part", "must be one of: upcoming, due"),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Checks = new()
    {
        Id = "getChecks",
        Tag = Tags.Service,
        Summary = "Which checks are under way",
        Description = "Checks whose answer has not come yet, a silo an entry, as each reported within the last "
            + "seconds.",
        Answers =
        [
            new(StatusCodes.Status200OK, "The checks.", typeof(ChecksResponse), InspectionExamples.Checks),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Jobs = new()
    {
        Id = "getJobs",
        Tag = Tags.Service,
        Summary = "What the service does by itself",
        Description = "Checks, sweeps and what else happens without being asked for, how often and when last; the "
            + "reminders that drive it; and the kinds of grains that are active.",
        Answers =
        [
            new(StatusCodes.Status200OK, "The jobs.", typeof(JobsResponse), InspectionExamples.Jobs),
            .. Answers.Failures,
        ],
    };
}

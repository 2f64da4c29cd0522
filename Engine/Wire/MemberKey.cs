using CoffeePayment.Engine.Types;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// A member's place among all of its type. Ids are unique within a section only: of each type from the base on there is
/// one section for the members with ids, and one for those which a record's primary constructor declares.
/// </summary>
internal static class MemberKey
{
    public const int MaxSection = 1000;

    public static long Of(int section, uint id) => ((long)section << 32) | id;

    public static long Of(MemberModel member) => Of(member.Section, member.Id);
}

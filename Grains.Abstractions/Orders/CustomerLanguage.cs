namespace CoffeePayment.Orders;

/// <summary>The languages that customers are addressed in.</summary>
public enum CustomerLanguage
{
    Russian,
    English,
}

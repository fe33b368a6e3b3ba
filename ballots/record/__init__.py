"""The public record of a round."""

"""The reconstructed evaluation of 2015 and a simulator that plays a year through the domain functions."""

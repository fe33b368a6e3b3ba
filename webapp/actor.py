"""Who is signed in: the account behind a request and what it holds."""

from flask_login import AnonymousUserMixin, UserMixin

from accounts.account import Account, Holding


class Actor(UserMixin):
    """A signed-in account, found through its sign-in id (the only thing that the cookie holds)."""

    def __init__(self, account: Account, sign_in_id: str) -> None:
        self.account = account
        self.sign_in_id = sign_in_id

    def get_id(self) -> str:
        """The sign-in id: ending the row ends every copy of the cookie."""
        return self.sign_in_id

    @property
    def username(self) -> str:
        """The account's username."""
        return self.account.username

    @property
    def name(self) -> str:
        """The account's name as shown on pages."""
        return self.account.name

    def holdings(self, role: str) -> list[Holding]:
        """What the account holds in a role."""
        return [h for h in self.account.holdings if h.role == role]

    def holds(self, role: str, *duties: str) -> bool:
        """Whether the account has a role, with one of the duties where any is named.

        A duty counts for whom the account acts (`scope`) alone: the head of another unit is no head here.
        """
        held = [h for h in self.holdings(role) if h.scope == self.scope(role)]
        return any(not duties or h.duty in duties for h in held)

    def scope(self, role: str) -> str:
        """For whom the account holds a role (a unit's or a lead's code); empty where for nobody."""
        held = self.holdings(role)
        return held[0].scope if held else ""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles held, each once."""
        return tuple(dict.fromkeys(h.role for h in self.account.holdings))


class Nobody(AnonymousUserMixin):
    """A visitor who isn't signed in."""

    username = ""
    name = ""
    roles: tuple[str, ...] = ()

    def holds(self, role: str, *duties: str) -> bool:
        """Nobody holds nothing."""
        return False

    def scope(self, role: str) -> str:
        """Nobody acts for nobody."""
        return ""

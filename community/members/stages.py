"""What stands between a right password and being logged in."""

from allauth.account.stages import EmailVerificationStage

from community.members import addresses


class AddressStage(EmailVerificationStage):
    """An address must be proven, unless an administrator vouches for it."""

    def handle(self) -> tuple:
        user = self.login.user
        if user is not None:
            addresses.vouch(user)
            if not user.email:
                return None, True  # made by hand without one; there is nothing to prove
        return super().handle()

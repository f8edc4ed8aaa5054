"""People with an account."""

import factory
from django.contrib.auth.models import Permission

from users.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A member; ``moderator=True`` gives someone who may decide about comments.

    ``digests=True`` gives someone who may prepare and hold digests.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("lid{}".format)
    first_name = "Lidewij"
    last_name = factory.Sequence("de Vries {}".format)
    email = factory.Sequence("lid{}@example.org".format)

    @factory.post_generation
    def moderator(self, create, extracted, **kwargs):
        if extracted:
            codenames = ["can_moderate", "access_admin"]
            self.user_permissions.set(Permission.objects.filter(codename__in=codenames))

    @factory.post_generation
    def digests(self, create, extracted, **kwargs):
        if extracted:
            codenames = ["manage_digests", "access_admin"]
            self.user_permissions.set(Permission.objects.filter(codename__in=codenames))

"""People for the tests: `UserFactory()`, with the traits that a test names."""

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from villes_internet.users.models import User


class UserFactory(DjangoModelFactory):
    """A person without a password: they sign in by a code.

    Traits: `verified` (the confirmed address that allauth asks for), `staff`, `inactive`.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        staff = factory.Trait(is_staff=True)
        inactive = factory.Trait(is_active=False)
        verified = factory.Trait(
            address=factory.RelatedFactory(
                "tests.factories.users.EmailAddressFactory", factory_related_name="user"
            )
        )

    email = factory.Sequence(lambda n: f"personne{n}@mairie.example")
    full_name = factory.Sequence(lambda n: f"Camille Martin {n}")
    password = "!"


class EmailAddressFactory(DjangoModelFactory):
    """The address of an account, confirmed unless told otherwise."""

    class Meta:
        model = EmailAddress

    user = factory.SubFactory(UserFactory)
    email = factory.SelfAttribute("user.email")
    verified = True
    primary = True

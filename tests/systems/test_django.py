"""Django's development server, which watches its files from a parent, and its test runner.

package    3.11   3.12   3.13   3.14   3.15
django     yes    yes    yes    yes    yes, not declared
"""

from __future__ import annotations

import os

import pytest
from support.program import Outcome, Program
from systems.service import MEASURE, Service, check, compare

MANAGE = """
import multiprocessing
import os
import sys

def main():
    multiprocessing.set_start_method("{method}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)

if __name__ == "__main__":
    main()
"""

SETTINGS = """
SECRET_KEY = "for tests"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["shop"]
MIDDLEWARE = ["shop.middleware.count"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
"""

URLS = """
from django.urls import path
from shop import views

urlpatterns = [
    path("generation", views.generation),
    path("goods/<int:number>", views.goods),
    path("unused", views.unused),
]
"""

MIDDLEWARE = """
def count(get_response):
    def middleware(request):
        response = get_response(request)
        response["X-Count"] = "1"
        return response
    return middleware
"""

MODELS = """
from django.db import models

class Good(models.Model):
    name = models.CharField(max_length=20)

    def __str__(self):
        return self.name

    def unused(self):
        return 1  # not run
"""

VIEWS = """
import os
from django.http import HttpResponse
from shop.models import Good

def generation(request):
    if os.path.exists("second"):
        return HttpResponse("the second")
    return HttpResponse("the first")

def goods(request, number):
    if number > 3:
        return HttpResponse("no such good", status=404)
    return HttpResponse(str(Good(pk=number, name=f"good {number}")))

def unused(request):
    return HttpResponse("unused")  # not run
"""

TESTS = """
import os
from django.test import SimpleTestCase, TestCase
from shop.models import Good

class StoredTest(TestCase):
    def test_goods_are_stored(self):
        Good.objects.create(name="a good")
        self.assertEqual(str(Good.objects.get()), "a good")

class PageTest(TestCase):
    def test_pages(self):
        self.assertContains(self.client.get("/goods/2"), "good 2")
        self.assertEqual(self.client.get("/goods/7").status_code, 404)

    def test_generations(self):
        self.assertContains(self.client.get("/generation"), "the first")
        with open("second", "w"):
            self.assertContains(self.client.get("/generation"), "the second")
        os.remove("second")

class FailingTest(SimpleTestCase):
    def test_fails(self):
        self.fail("as it should")
        self.fail("never")  # not run
"""


def write(program: Program, method: str = "fork") -> list[str]:
    texts = {
        "manage.py": MANAGE.format(method=method),
        "settings.py": SETTINGS,
        "shop/__init__.py": "",
        "shop/middleware.py": MIDDLEWARE,
        "shop/models.py": MODELS,
        "shop/views.py": VIEWS,
        "urls.py": URLS,
    }
    for name, text in texts.items():
        program.write(name, text)
    return list(texts)


def use(server: Service) -> object:
    pages = [server.wait_for_page("/generation")]
    pages += [server.get("/goods/2"), server.get("/goods/4")]
    (server.root / "second").touch()
    server.change("urls.py", "changed, reloading")
    server.wait_for("Starting development server", times=2)
    pages += [server.wait_for_page("/generation"), server.get("/goods/1")]
    server.press_control_c()
    return pages, server.ended()


def test_both_generations_of_the_server_are_measured(program: Program) -> None:
    files = write(program)
    command = ["manage.py", "runserver", "--skip-checks", "127.0.0.1:{port}"]
    compare(program, command, use, files=files)


@pytest.mark.skipif(os.name == "nt", reason="Django does not spread tests there")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_tests_that_are_spread_over_processes_are_measured(method: str, program: Program) -> None:
    files = [*write(program, method), "shop/tests.py"]
    program.write("shop/tests.py", TESTS)
    words = ["manage.py", "test", "--parallel", "2"]
    plain = said(program.plain(*words))
    assert plain == (1, ["Ran 4 tests", "FAILED (failures=1)"])
    assert said(program.plain(*MEASURE, *words)) == plain
    check(program, files)


def said(outcome: Outcome) -> tuple[int, list[str]]:
    lines = [line.split(" in ")[0] for line in outcome.err.splitlines()]
    return outcome.code, [line for line in lines if line.startswith(("Ran ", "FAILED ("))]
